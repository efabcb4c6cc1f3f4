"""util-linux' logger in both syslog forms, as a socket receives them."""
import os, socket, subprocess, tempfile

path = os.path.join(tempfile.mkdtemp(), "log")
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(path)
for arguments in [
    ["--rfc3164", "-t", "sshd", "-i", "-p", "auth.err", "Failed password for root from 192.0.2.1 port 22 ssh2"],
    ["--rfc5424", "-t", "shop", "-p", "local0.warning", "--msgid", "cart", "--sd-id", "origin@32473", "--sd-param",
     'ip="192.0.2.1"', "cart is nearly full"],
    ["--rfc5424=notime,nohost", "-t", "shop", "-p", "local0.crit", "no cart"],
]:
    subprocess.run(["logger", "-u", path] + arguments, check=True)
    print(server.recv(4096).decode())
