-- Rational arithmetic (continued fractions, Egyptian fractions, Bernoulli numbers) and Complex numbers.
import Data.Complex
import Data.Ratio

continued :: Rational -> [Integer]
continued x | frac == 0 = [n]
            | otherwise = n : continued (recip frac)
  where n = floor x
        frac = x - fromInteger n

convergents :: [Integer] -> [Rational]
convergents = map evaluate . tail . scanl (\acc n -> acc ++ [n]) []
  where evaluate = foldr1 (\n rest -> n + recip rest) . map fromInteger

egyptian :: Rational -> [Integer]
egyptian 0 = []
egyptian x = d : egyptian (x - 1 % d)
  where d = ceiling (recip x)

bernoulli :: [Rational]
bernoulli = map b [0 ..]
  where b 0 = 1
        b n = negate (sum [fromInteger (choose (n + 1) k) * (bernoulli !! k) | k <- [0 .. n - 1]]) / fromIntegral (n + 1)
        choose n k = product [toInteger (n - k + 1) .. toInteger n] `div` product [1 .. toInteger k]

harmonic :: Int -> Rational
harmonic n = sum (map ((1 %) . toInteger) [1 .. n])

rounded :: Complex Double -> (Integer, Integer)
rounded (a :+ b) = (round (a * 1000), round (b * 1000))

fourier :: [Complex Double] -> [Complex Double]
fourier xs = [sum [x * cis (-2 * pi * fromIntegral (j * k) / n) | (j, x) <- zip [0 :: Int ..] xs] | k <- [0 .. length xs - 1]]
  where n = fromIntegral (length xs)

main :: IO ()
main = do
  print (continued (649 % 200), continued (-415 % 93))
  print (convergents [3, 7, 15, 1, 292])
  print (map egyptian [7 % 15, 5 % 121, 3 % 7])
  print (take 15 bernoulli)
  print (harmonic 30)
  print (compare (1 % 3) (2 % 6 :: Rational), (1 % 3) < (1 % 2 :: Rational), max (-1 % 2) (-2 % 3) :: Rational)
  print (map (fromRational :: Rational -> Double) [1 % 3, -22 % 7, 10 ^ (30 :: Int) % 7])
  print (truncate (-7 % 2 :: Rational) :: Int, properFraction (-7 % 2 :: Rational) :: (Int, Rational), toRational (0.125 :: Double))
  print ([1 % 2 .. 3] :: [Rational], [0, 1 % 3 .. 1] :: [Rational])
  let z = 3 :+ (-4) :: Complex Double
  print (z, z + 1, z * z, negate z, z / (1 :+ 1), Just z)
  print (magnitude z, realPart z, imagPart z, conjugate z, abs z, signum (0 :+ 2 :: Complex Double))
  print (mkPolar 1 0 :: Complex Double, phase (0 :+ 1 :: Complex Double), sqrt ((-4) :+ 0) :: Complex Double)
  print (map rounded (fourier [1, 2, 0, -1, 1.5, 0, 0, 3]))
  print (map rounded [exp (0 :+ pi), cis 1, (1 :+ 2) ^ (5 :: Int), (2 :+ 1) ** (1 :+ (-1))])
  print (fmap (* 2) z, fmap negate z)
