-- How characters and strings are shown: escapes, the gap \& before digits and after \SO, and what lies above ASCII.
main :: IO ()
main = do
  print "plain"
  print "quote \" backslash \\ tab \t newline \n return \r"
  print "\SOH\1234\&5"
  print "\SO\&H and \SOH and \SO-H"
  print "\200\&1 \2001 \1234x \127\&7"
  print (map toEnum [0 .. 35] :: String)
  print (map toEnum [125 .. 130] :: String)
  print (map toEnum [158 .. 162] :: String)
  print ['\'', '"', '\\', '\a', '\b', '\f', '\v', '\0', '\DEL', '\233', '\x10FFFF']
  mapM_ print "a'\"\n\t\0041\x41\o101"
  print "\^A\^Z\^[\^\\^]\^^\^_\^@"
  print "gap \
        \closed"
  print "caf\233 \955x.x \8364 \128512"
  print (show "nested \"quotes\"", show (show "\n"))
  print [Just "x\ny", Nothing]
  print (lines "a\n\nb\r\nc\n", unlines ["x", "", "y"])
  print (words " a\tb \n c\160d\8195e ", unwords ["x", "", "y"])
  putStrLn (show 'x' ++ show "x" ++ ['x'] ++ show ["x"])
  print (read (show "\SOH\1234\&5\"\\\SO\&H\DEL\1114111") == "\SOH\1234\&5\"\\\SO\&H\DEL\1114111")
  print (length "\SOH\1234\&5", length "\&", "\&" == "")
