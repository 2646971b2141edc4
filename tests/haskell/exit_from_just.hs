-- exit: 1
-- Errors of the library say where in the library they were raised, and who called.
import Control.Exception
import Data.Bifoldable
import Data.Maybe (fromJust)
import GHC.Stack (HasCallStack)

data Nothings a b = Nothings

instance Bifoldable Nothings where
    bifoldMap _ _ Nothings = mempty

nothings :: Nothings Int Int
nothings = Nothings

second :: HasCallStack => [(Int, a)] -> a
second pairs = fromJust (lookup 2 pairs)

main :: IO ()
main = do
    mapM_ say [bifoldr1 (+) nothings, bifoldl1 (+) nothings, bimaximum nothings, biminimum nothings, undefined, error "own"]
    print (second [(1, 'a'), (2, 'b')])
    print (second [(1, 'a')])
  where
    say x = (evaluate x >>= print) `catch` \e -> putStrLn (displayException (e :: SomeException))
