-- A bank: accounts in cells, transfers that roll back, a ledger, limits, interest in Rational, errors as exceptions of several sorts.
import Control.Exception
import Control.Monad
import Data.IORef
import Data.List
import Data.Ratio
import Text.Printf

data BankError
  = Insufficient { account :: String, wanted :: Int, available :: Int }
  | NoAccount String
  | Frozen String
  | Invalid Int
  deriving (Show, Eq)
instance Exception BankError

data AuditFailure = AuditFailure Int Int deriving Show
instance Exception AuditFailure where
  displayException (AuditFailure a b) = "books say " ++ show a ++ ", vault holds " ++ show b

data Entry = Entry { number :: Int, what :: String, amount :: Int } deriving Show
data Account = Account { owner :: String, balance :: IORef Int, frozen :: IORef Bool, limit :: Int }
data Bank = Bank { accounts :: IORef [(String, Account)], ledger :: IORef [Entry], serial :: IORef Int, vault :: IORef Int }

newBank :: IO Bank
newBank = Bank <$> newIORef [] <*> newIORef [] <*> newIORef 1 <*> newIORef 0

open :: Bank -> String -> Int -> IO ()
open bank name credit = do
  a <- Account name <$> newIORef 0 <*> newIORef False <*> pure credit
  modifyIORef (accounts bank) (insertBy (\x y -> compare (fst x) (fst y)) (name, a))

find' :: Bank -> String -> IO Account
find' bank name = readIORef (accounts bank) >>= maybe (throwIO (NoAccount name)) return . lookup name

note :: Bank -> String -> Int -> IO ()
note bank text n = do
  k <- readIORef (serial bank)
  writeIORef (serial bank) (k + 1)
  modifyIORef (ledger bank) (Entry k text n :)

positive :: Int -> IO ()
positive n = when (n <= 0) (throwIO (Invalid n))

change :: Account -> Int -> IO ()
change a n = do
  stopped <- readIORef (frozen a)
  when stopped (throwIO (Frozen (owner a)))
  b <- readIORef (balance a)
  when (b + n < negate (limit a)) (throwIO (Insufficient (owner a) (negate n) (b + limit a)))
  writeIORef (balance a) (b + n)

deposit, withdraw :: Bank -> String -> Int -> IO ()
deposit bank name n = positive n >> find' bank name >>= \a -> change a n >> modifyIORef' (vault bank) (+ n) >> note bank ("deposit " ++ name) n
withdraw bank name n = positive n >> find' bank name >>= \a -> change a (negate n) >> modifyIORef' (vault bank) (subtract n) >> note bank ("withdraw " ++ name) (negate n)

-- Undoes all changes of balances and of the ledger if its action raises.
atomically :: Bank -> IO a -> IO a
atomically bank act = do
  as <- readIORef (accounts bank)
  saved <- mapM (\(_, a) -> (,) (balance a) <$> readIORef (balance a)) as
  entries <- readIORef (ledger bank)
  held <- readIORef (vault bank)
  act `onException` (mapM_ (uncurry writeIORef) saved >> writeIORef (ledger bank) entries >> writeIORef (vault bank) held)

transfer :: Bank -> String -> String -> Int -> IO ()
transfer bank from to n = atomically bank $ do
  positive n
  a <- find' bank from
  change a (negate n)
  b <- find' bank to
  change b n
  note bank (from ++ " to " ++ to) n

payroll :: Bank -> String -> [(String, Int)] -> IO ()
payroll bank from pays = atomically bank (mapM_ (\(to, n) -> transfer bank from to n) pays)

interest :: Bank -> Rational -> IO ()
interest bank rate = do
  as <- readIORef (accounts bank)
  forM_ as $ \(name, a) -> do
    b <- readIORef (balance a)
    let earned = round (fromIntegral b * rate) :: Int
    when (b > 0 && earned > 0) (handle (\e -> putStrLn ("  no interest: " ++ show (e :: BankError))) (deposit bank name earned))

freeze :: Bank -> String -> Bool -> IO ()
freeze bank name b = find' bank name >>= \a -> writeIORef (frozen a) b

audit :: Bank -> IO Int
audit bank = do
  total <- readIORef (accounts bank) >>= fmap sum . mapM (readIORef . balance . snd)
  held <- readIORef (vault bank)
  when (total /= held) (throwIO (AuditFailure total held))
  return total

statement :: Bank -> IO ()
statement bank = do
  as <- readIORef (accounts bank)
  forM_ as $ \(name, a) -> do
    b <- readIORef (balance a)
    f <- readIORef (frozen a)
    printf "  %-6s %8.2f%s\n" name (fromIntegral b / 100 :: Double) (if f then " frozen" else "")

attempt :: String -> IO a -> IO ()
attempt what' act = do
  r <- try (try act)
  putStrLn (what' ++ ": " ++ case r of
    Left e -> "bank error " ++ show (e :: BankError)
    Right (Left e) -> "audit: " ++ displayException (e :: AuditFailure)
    Right (Right _) -> "done")

main :: IO ()
main = do
  bank <- newBank
  mapM_ (uncurry (open bank)) [("carol", 0), ("alice", 5000), ("bob", 0)]
  attempt "deposit 100" (deposit bank "alice" 10000)
  attempt "deposit 50" (deposit bank "bob" 5050)
  attempt "negative" (deposit bank "bob" (-5))
  attempt "stranger" (withdraw bank "dave" 10)
  attempt "too much" (withdraw bank "bob" 5051)
  attempt "within credit" (withdraw bank "alice" 14000)
  attempt "beyond credit" (withdraw bank "alice" 1001)
  statement bank
  attempt "transfer" (transfer bank "bob" "carol" 2525)
  attempt "to nobody" (transfer bank "bob" "zed" 100)
  attempt "payroll that fails" (payroll bank "carol" [("alice", 1000), ("bob", 1000), ("alice", 1000)])
  statement bank
  attempt "payroll" (payroll bank "carol" [("alice", 500), ("bob", 25)])
  attempt "freeze" (freeze bank "carol" True)
  attempt "frozen" (transfer bank "bob" "carol" 1)
  interest bank (5 % 200)
  attempt "audit" (audit bank)
  audit bank >>= print
  statement bank
  attempt "theft" (modifyIORef (vault bank) (subtract 7) >> audit bank)
  entries <- readIORef (ledger bank)
  forM_ (reverse entries) $ \e -> printf "  %2d %-18s %+d\n" (number e) (what e) (amount e)
  r <- try (evaluate (foldl' (\acc e -> if amount e > 9000 then throw (Invalid (amount e)) else acc + amount e) 0 entries))
  print (r :: Either BankError Int)
