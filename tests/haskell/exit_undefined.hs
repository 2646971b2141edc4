-- exit: 1
-- Who asked for what is undefined stands in the message, and so does the place of `undefined` in base.
import GHC.Stack (HasCallStack)

area :: HasCallStack => Double -> Double
area radius
    | radius > 0 = pi * radius * radius
    | otherwise = undefined

main :: IO ()
main = do
    print (area 2 > 12)
    print (area (-1))
