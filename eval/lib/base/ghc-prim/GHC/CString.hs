{-# LANGUAGE BangPatterns, MagicHash, NoImplicitPrelude #-}
-- | String literals, which end with a zero byte.
module GHC.CString
    ( unpackCString#, unpackAppendCString#, unpackFoldrCString#
    , unpackCStringUtf8#, unpackAppendCStringUtf8#, unpackFoldrCStringUtf8#
    , unpackNBytes#, cstringLength#
    ) where

import GHC.Prim
import GHC.Types

unpackCString# :: Addr# -> [Char]
unpackCString# a = unpackAppendCString# a []
{-# NOINLINE CONLIKE unpackCString# #-}

unpackAppendCString# :: Addr# -> [Char] -> [Char]
unpackAppendCString# a rest = case indexCharOffAddr# a 0# of
    '\0'# -> rest
    c -> C# c : unpackAppendCString# (plusAddr# a 1#) rest
{-# NOINLINE unpackAppendCString# #-}

unpackFoldrCString# :: Addr# -> (Char -> a -> a) -> a -> a
unpackFoldrCString# start f z = go start
  where
    go a = case indexCharOffAddr# a 0# of
        '\0'# -> z
        c -> C# c `f` go (plusAddr# a 1#)
{-# NOINLINE [0] unpackFoldrCString# #-}

unpackCStringUtf8# :: Addr# -> [Char]
unpackCStringUtf8# a = unpackAppendCStringUtf8# a []
{-# NOINLINE CONLIKE unpackCStringUtf8# #-}

unpackAppendCStringUtf8# :: Addr# -> [Char] -> [Char]
unpackAppendCStringUtf8# a rest = case indexCharOffAddr# a 0# of
    '\0'# -> rest
    c -> C# (decoded a c) : unpackAppendCStringUtf8# (plusAddr# a (encodedLength c)) rest
{-# NOINLINE unpackAppendCStringUtf8# #-}

unpackFoldrCStringUtf8# :: Addr# -> (Char -> a -> a) -> a -> a
unpackFoldrCStringUtf8# start f z = go start
  where
    go a = case indexCharOffAddr# a 0# of
        '\0'# -> z
        c -> C# (decoded a c) `f` go (plusAddr# a (encodedLength c))
{-# NOINLINE [0] unpackFoldrCStringUtf8# #-}

-- | How many bytes the character has that begins with this one.
encodedLength :: Char# -> Int#
encodedLength c
    | isTrue# (c `leChar#` '\x7f'#) = 1#
    | isTrue# (c `leChar#` '\xdf'#) = 2#
    | isTrue# (c `leChar#` '\xef'#) = 3#
    | isTrue# 1# = 4#

-- | The character whose first byte, which is given, stands at the address.
decoded :: Addr# -> Char# -> Char#
decoded a c = case encodedLength c of
    1# -> c
    2# -> chr# (bits 0x1f# 6# +# next 1# 0#)
    3# -> chr# (bits 0x0f# 12# +# next 1# 6# +# next 2# 0#)
    _ -> chr# (bits 0x07# 18# +# next 1# 12# +# next 2# 6# +# next 3# 0#)
  where
    bits mask shift = (ord# c `andI#` mask) `uncheckedIShiftL#` shift
    next i shift = (ord# (indexCharOffAddr# a i) `andI#` 0x3f#) `uncheckedIShiftL#` shift

unpackNBytes# :: Addr# -> Int# -> [Char]
unpackNBytes# a n = go (n -# 1#) []
  where
    go i rest
        | isTrue# (i <# 0#) = rest
        | isTrue# 1# = go (i -# 1#) (C# (indexCharOffAddr# a i) : rest)

cstringLength# :: Addr# -> Int#
cstringLength# a = go 0#
  where
    go i = case indexCharOffAddr# a i of
        '\0'# -> i
        _ -> go (i +# 1#)
{-# NOINLINE [0] cstringLength# #-}

{-# RULES
"unpack" [~1] forall a. unpackCString# a = unpackFoldrCString# a (:) []
"unpack-list" [1] forall a. unpackFoldrCString# a (:) [] = unpackCString# a
"unpack-append" forall a n. unpackFoldrCString# a (:) n = unpackAppendCString# a n
"unpack-utf8" [~1] forall a. unpackCStringUtf8# a = unpackFoldrCStringUtf8# a (:) []
"unpack-list-utf8" [1] forall a. unpackFoldrCStringUtf8# a (:) [] = unpackCStringUtf8# a
"unpack-append-utf8" forall a n. unpackFoldrCStringUtf8# a (:) n = unpackAppendCStringUtf8# a n
  #-}
