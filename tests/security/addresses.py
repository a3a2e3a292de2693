"""Addresses that lead inside, and some that parsers read differently."""

REFUSED = (
    "169.254.169.254 169.254.0.1 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] "
    "[64:ff9b:1::a9fe:a9fe] [2002:a9fe:a9fe::] [::] [::1] [fd00::1] [fe80::1] [2001:0:a9fe:a9fe::] "
    "0.0.0.0 0 192.168.1.1 172.16.0.1 100.64.0.1 100.127.255.254 10.0.0.1 127.1 2852039166 "
    "0xa9fea9fe 0251.0376.0251.0376 025177524776 localhost localhost. LOCALHOST sub.localhost. "
    "printer.local metadata.google.internal ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ①②⑦.⓪.⓪.① "
    "１２７.０.０.１ 127。0。0。1 ｌｏｃａｌｈｏｓｔ"
).split()

# Read one way by some parsers and another way by others; {pot} is the honeypot.
DIFFERENCES = (
    "http://example.org@{pot}/",
    "http://example.org:80@{pot}/",
    "http://example.org:x@{pot}/",
    "http://example.org\\@{pot}/",
    "http://{pot}\\@example.org/",
    "http://{pot}#@example.org/",
    "http://{pot}?@example.org/",
    "http://example.org#@{pot}/",
    "http:\\\\{pot}/",
    "http:/{pot}/",
    "http:{pot}/",
    "http:///{pot}/",
    "//{pot}/",
    "http://\t{pot}/",
    "http://127.0\t.0.2:{port}/",
    "ht\ntp://{pot}/",
    " http://{pot}/ ",
    "http://127.0.0.2%00.example.org:{port}/",
    "http://127.0.0.2%2f.example.org:{port}/",
    "http://127.0.0.2%23.example.org:{port}/",
    "http://127%2e0%2e0%2e2:{port}/",
    "http://%31%32%37.0.0.2:{port}/",
    "http://127.0.0.2.:{port}/",
    "http://127.0.0.2:0{port}/",
    "http://[::ffff:127.0.0.2]:{port}/",
    "http://[::ffff:127.0.0.2%25lo]:{port}/",
    "http://①②⑦.⓪.⓪.②:{port}/",
    "feed://{pot}/",
    "file://{pot}/etc/passwd",
    "file:///etc/passwd",
    "view-source:http://{pot}/",
    "jar:http://{pot}/!/",
    "gopher://{pot}/_GET%20/",
    "dict://{pot}/info",
    "ftp://{pot}/",
    "javascript:fetch('http://{pot}/')",
    "data:text/html,<img src=http://{pot}/>",
)
