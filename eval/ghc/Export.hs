-- | STG text of a module: what @-ddump-stg-final@ prints, and what that dump leaves out: representations of binders, kinds of
-- alternatives, data declarations with their constructors in tag order, the result type of @tagToEnum#@, signatures of C calls,
-- bytes of strings, and source notes (of @-g@).
--
-- The language is eval/README.md's. One top-level binding is a line; @thunkscope format@ lays it out.
--
-- Names: a top-level name is @Module.name@. A local one is the source's, with a number behind it where the same binding already has
-- that name: GHC's uniques stay out, so that the same source always makes the same text.
--
-- Everything that depends on GHC's version is in this folder. Tried with 9.0.2.
module Export (exportModule) where

import Control.Monad.Trans.State.Strict
import qualified Data.ByteString as B
import Data.Char (chr, isSpace)
import Data.List (intercalate)
import qualified Data.Map.Strict as M
import Data.Word (Word8)
import Numeric (showHex)

import GHC.Builtin.PrimOps
import GHC.Core (AltCon (..), Tickish (..))
import GHC.Core.DataCon
import GHC.Core.TyCo.Rep (scaledThing)
import GHC.Core.TyCon
import GHC.Core.Type
import GHC.Data.FastString
import GHC.Stg.Syntax
import GHC.Types.Basic (FunctionOrData (..))
import GHC.Types.ForeignCall
import GHC.Types.Id
import GHC.Types.Literal
import GHC.Types.Name
import GHC.Types.RepType
import GHC.Types.SrcLoc
import GHC.Types.Unique
import GHC.Types.Unique.FM
import GHC.Types.Var.Set
import GHC.Unit.Module

-- | The text of a module: its line, its data types, its bindings.
exportModule :: Module -> [TyCon] -> [CgStgTopBinding] -> [String]
exportModule this tycons binds =
    ("module " ++ unitString (moduleUnit this) ++ " " ++ moduleNameString (moduleName this))
        : map dataDeclaration (filter isDeclared tycons)
        ++ evalState (mapM top binds) (namesOf this (concatMap boundAtTop binds))

-- ---- Names

-- | What local names stand for, which are taken in this binding, and what top-level names without a module stand for.
data Names = Names
    { locals :: UniqFM Unique String
    , taken :: M.Map String Int
    , tops :: UniqFM Unique String
    }

type Export = State Names

namesOf :: Module -> [Id] -> Names
namesOf this binders = Names emptyUFM M.empty (listToUFM (number M.empty internal))
  where
    prefix = moduleNameString (moduleName this) ++ "."
    internal = [idName b | b <- binders, not (isExternalName (idName b))]
    external = M.fromList [(occNameString (nameOccName (idName b)), 0 :: Int) | b <- binders, isExternalName (idName b)]
    number _ [] = []
    number used (n : ns) =
        let (text, used') = fresh (M.union used external) (occNameString (nameOccName n))
         in (getUnique n, prefix ++ text) : number used' ns

boundAtTop :: CgStgTopBinding -> [Id]
boundAtTop (StgTopStringLit b _) = [b]
boundAtTop (StgTopLifted (StgNonRec b _)) = [b]
boundAtTop (StgTopLifted (StgRec pairs)) = map fst pairs

-- | Words of the language that Haskell takes for names.
reserved :: M.Map String Int
reserved = M.singleton "end" 0

-- | The name itself, or with the first number behind it that makes it new.
fresh :: M.Map String Int -> String -> (String, M.Map String Int)
fresh used text = case M.lookup text used of
    Nothing -> (text, M.insert text 0 used)
    Just n ->
        let next = text ++ "_" ++ show (n + 1)
            used' = M.insert text (n + 1) used
         in if M.member next used' then fresh used' text else (next, M.insert next 0 used')

globalName :: Name -> String
globalName n = case nameModule_maybe n of
    Just m -> moduleNameString (moduleName m) ++ "." ++ occNameString (nameOccName n)
    Nothing -> occNameString (nameOccName n)

name :: Id -> Export String
name i
    | isExternalName (idName i) = pure (globalName (idName i))
    | otherwise = gets $ \s -> case lookupUFM (locals s) (getUnique i) of
        Just text -> text
        Nothing -> lookupWithDefaultUFM (tops s) (globalName (idName i)) (getUnique i)

-- | A binder where it is bound.
binder :: Id -> Export String
binder i
    | isExternalName (idName i) = pure (typed (globalName (idName i)))
    | otherwise = do
        s <- get
        case lookupUFM (tops s) (getUnique i) of
            Just text -> pure (typed text)
            Nothing -> do
                let (text, used) = fresh (taken s) (occNameString (nameOccName (idName i)))
                put s{locals = addToUFM (locals s) (getUnique i) text, taken = used}
                pure (typed text)
  where
    typed text = text ++ ":" ++ repsOf (idType i)

-- ---- Representations

repsOf :: Type -> String
repsOf t = case concatMap rep (typePrimRep t) of
    "" -> "V"
    text -> text

rep :: PrimRep -> String
rep r = case r of
    VoidRep -> "V"
    LiftedRep -> "P"
    UnliftedRep -> "U"
    IntRep -> "I"
    WordRep -> "W"
    AddrRep -> "A"
    DoubleRep -> "D"
    FloatRep -> "F"
    Int8Rep -> "I8"
    Int16Rep -> "I16"
    Int32Rep -> "I32"
    Int64Rep -> "I64"
    Word8Rep -> "W8"
    Word16Rep -> "W16"
    Word32Rep -> "W32"
    Word64Rep -> "W64"
    VecRep{} -> "X" -- refused by name when it is read: vectors need GHC's LLVM backend

isDeclared :: TyCon -> Bool
isDeclared t = isAlgTyCon t && not (isUnboxedTupleTyCon t) && not (isUnboxedSumTyCon t)

dataDeclaration :: TyCon -> String
dataDeclaration t = "data " ++ globalName (tyConName t) ++ " = " ++ intercalate " | " (map con (tyConDataCons t)) ++ ";"
  where
    con c = globalName (dataConName c) ++ "(" ++ intercalate "," (map (repsOf . scaledThing) (dataConRepArgTys c)) ++ ")"

-- ---- Bindings

top :: CgStgTopBinding -> Export String
top b = do
    modify $ \s -> s{locals = emptyUFM, taken = reserved}
    case b of
        StgTopStringLit i bytes -> do
            text <- binder i
            pure (text ++ " = " ++ string bytes ++ ";")
        StgTopLifted bind -> bindings bind

bindings :: CgStgBinding -> Export String
bindings (StgNonRec b r) = binder b >>= \text -> definition text r
bindings (StgRec pairs) = do
    names <- mapM (binder . fst) pairs
    texts <- sequence (zipWith definition names (map snd pairs))
    pure ("Rec { " ++ unwords texts ++ " end Rec }")

definition :: String -> CgStgRhs -> Export String
definition text r = (\body -> text ++ " = " ++ body ++ ";") <$> rhs r

rhs :: CgStgRhs -> Export String
rhs (StgRhsCon _ c args) = (\as -> "!" ++ conName c (length args) ++ " " ++ as) <$> atoms args
rhs (StgRhsClosure free _ flag params body) = do
    frees <- mapM name (filter isLocal (dVarSetElems free))
    ps <- mapM binder params
    e <- expr body
    pure ("{" ++ unwords frees ++ "} " ++ flagText ++ " [" ++ unwords ps ++ "] " ++ e)
  where
    isLocal = not . isExternalName . idName
    flagText = case flag of
        ReEntrant -> "\\r"
        Updatable -> "\\u"
        SingleEntry -> "\\s"

-- ---- Expressions

expr :: CgStgExpr -> Export String
expr e = case e of
    StgLit l -> pure (literal l)
    StgApp f args -> (\n as -> unwords (n : as)) <$> name f <*> mapM atom args
    StgConApp c args _ -> (\as -> conName c (length args) ++ "! " ++ as) <$> atoms args
    StgOpApp op args ty -> (\as -> operation op args ty ++ " " ++ as) <$> atoms args
    StgTick t body -> (tick t ++) <$> expr body
    StgLet _ b body -> letIn "let" b body
    StgLetNoEscape _ b body -> letIn "let-no-escape" b body
    StgCase scrutinee b kind alts -> do
        s <- expr scrutinee
        bound <- binder b
        as <- mapM alternative alts
        pure ("case " ++ s ++ " of " ++ bound ++ " " ++ altKind kind ++ " { " ++ concat as ++ "}")
    StgLam{} -> error "a lambda is left in STG"

letIn :: String -> CgStgBinding -> CgStgExpr -> Export String
letIn word b body = (\d e -> word ++ " { " ++ d ++ " } in " ++ e) <$> bindings b <*> expr body

tick :: Tickish Id -> String
tick (SourceNote s _) = "@" ++ quoted (bytesFS (srcSpanFile s)) ++ ":" ++ range s ++ " "
tick _ = ""

range :: RealSrcSpan -> String
range s
    | l == l' = show l ++ ":" ++ show c ++ (if c' > c then "-" ++ show c' else "")
    | otherwise = "(" ++ show l ++ "," ++ show c ++ ")-(" ++ show l' ++ "," ++ show c' ++ ")"
  where
    (l, c, l', c') = (srcSpanStartLine s, srcSpanStartCol s, srcSpanEndLine s, srcSpanEndCol s - 1)

altKind :: AltType -> String
altKind k = case k of
    PolyAlt -> "%poly"
    MultiValAlt n -> "%multi " ++ show n
    AlgAlt t -> "%alg " ++ globalName (tyConName t)
    PrimAlt r -> "%prim " ++ rep r

alternative :: CgStgAlt -> Export String
alternative (con, binders, body) = do
    bs <- mapM binder binders
    e <- expr body
    pure (pattern' ++ concatMap (' ' :) bs ++ " -> " ++ e ++ "; ")
  where
    pattern' = case con of
        DataAlt c -> conName c (length binders)
        LitAlt l -> literal l
        DEFAULT -> "__DEFAULT"

-- | An unboxed tuple is named by how many components are left of it.
conName :: DataCon -> Int -> String
conName c arity
    | isUnboxedTupleCon c || isUnboxedSumCon c = case arity of
        0 -> "(##)"
        1 -> "(#_#)"
        n -> "(#" ++ replicate (n - 1) ',' ++ "#)"
    | otherwise = globalName (dataConName c)

operation :: StgOp -> [StgArg] -> Type -> String
operation (StgPrimOp TagToEnumOp) _ ty | Just (t, _) <- splitTyConApp_maybe ty = "%tagToEnum# " ++ globalName (tyConName t)
operation (StgPrimOp p) _ _ = "%" ++ occNameString (primOpOcc p)
operation (StgPrimCallOp (PrimCall label _)) _ _ = "%primcall " ++ unpackFS label
operation (StgFCallOp (CCall (CCallSpec target _ _)) _) args ty =
    "%ccall " ++ targetText ++ " (" ++ unwords (map (repsOf . stgArgType) args) ++ ") -> " ++ concatMap rep (typePrimRep ty)
  where
    targetText = case target of
        StaticTarget _ label _ isFunction -> (if isFunction then "" else "&") ++ unpackFS label
        DynamicTarget -> "<dyn>"

atoms :: [StgArg] -> Export String
atoms args = (\as -> "[" ++ unwords as ++ "]") <$> mapM atom args

atom :: StgArg -> Export String
atom (StgVarArg v) = name v
atom (StgLitArg l) = pure (literal l)

literal :: Literal -> String
literal l = case l of
    LitChar c -> "'\\" ++ show (fromEnum c) ++ "'#"
    LitString bytes -> string bytes
    LitNullAddr -> "__NULL"
    LitRubbish -> "__RUBBISH"
    LitFloat r -> "F" ++ show (fromRational r :: Float)
    LitDouble r -> "D" ++ show (fromRational r :: Double)
    LitLabel label _ IsFunction -> "__label " ++ unpackFS label
    LitLabel label _ IsData -> "__label " ++ unpackFS label
    LitNumber t n -> show n ++ (if isWord t then "##" else "#")
  where
    isWord t = t == LitNumWord || t == LitNumWord64

string :: B.ByteString -> String
string bytes = quoted bytes ++ "#"

quoted :: B.ByteString -> String
quoted bytes = "\"" ++ concatMap byte (B.unpack bytes) ++ "\""

byte :: Word8 -> String
byte w
    | w == 34 = "\\\""
    | w == 92 = "\\\\"
    | w >= 32 && w < 127 && not (isSpace c && c /= ' ') = [c]
    | otherwise = "\\x" ++ (if w < 16 then "0" else "") ++ showHex w ""
  where
    c = chr (fromIntegral w)
