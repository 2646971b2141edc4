import Control.Exception

data Expr
  = Lit {-# UNPACK #-} !Int | Var Char | Sum Expr Expr | Difference Expr Expr | Product Expr Expr
  | IfZero Expr Expr Expr | Lambda Char Expr | Call Expr Expr | Letrec Char Expr Expr

data Value = Number Int | Closure (Value -> Value)

type Env = [(Char, Value)]

eval :: Env -> Expr -> Value
eval _ (Lit i) = Number i
eval env (Var name) = find name env
eval env (Sum a b) = arithmetic (+) env a b
eval env (Difference a b) = arithmetic (-) env a b
eval env (Product a b) = arithmetic (*) env a b
eval env (IfZero c a b) = case number env c of { 0 -> eval env a; _ -> eval env b }
eval env (Lambda name body) = Closure (\argument -> eval ((name, argument) : env) body)
eval env (Call f a) = case eval env f of
  Number _ -> errorWithoutStackTrace "not a function"
  Closure call -> call (eval env a)
eval env (Letrec name bound body) = let env' = (name, eval env' bound) : env in eval env' body

arithmetic :: (Int -> Int -> Int) -> Env -> Expr -> Expr -> Value
arithmetic op env a b = Number (op (number env a) (number env b))

number :: Env -> Expr -> Int
number env expr = case eval env expr of
  Number n -> n
  Closure _ -> errorWithoutStackTrace "not a number"

find :: Char -> Env -> Value
find name env = case lookup name env of
  Nothing -> errorWithoutStackTrace ("unbound variable " ++ [name])
  Just value -> value

program1, program2 :: Expr
program1 =
  Letrec 'f'
    (Lambda 'n' (IfZero (Var 'n') (Lit 1) (Product (Var 'n') (Call (Var 'f') (Difference (Var 'n') (Lit 1))))))
    (Call (Var 'f') (Lit 10))
program2 = Call (Lambda 'x' (Lit 42)) (Var 'y')

run :: Expr -> IO ()
run program = catch (print (number [] program)) (\e -> putStrLn (show (e :: SomeException)))

main :: IO ()
main = run program1 >> run program2 >> run (Var 'y')
