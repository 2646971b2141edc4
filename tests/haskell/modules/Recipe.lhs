A module in the literate style: what stands behind a mark is the program, the rest is prose.

> module Recipe (Recipe (..), Step (..), scaled, shopping) where
>
> import Data.List (sortOn)

A recipe is a name, for how many it is, and what is done. Amounts are in grams.

> data Recipe = Recipe { title :: String, guests :: Int, steps :: [Step] }
>   deriving Show
>
> data Step = Take Int String | Stir Int
>   deriving (Eq, Show)

For more guests, more of everything, but no longer stirring.

> scaled :: Int -> Recipe -> Recipe
> scaled n r = r { guests = n, steps = map more (steps r) }
>   where more (Take g what) = Take (g * n `div` guests r) what
>         more step = step

\begin{code}
  -- The other style of marking
  shopping :: Recipe -> [(String, Int)]
  shopping r = sortOn fst [(what, g) | Take g what <- steps r]
\end{code}

And this is the end.
