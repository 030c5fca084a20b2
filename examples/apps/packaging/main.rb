require "socket"

server = TCPServer.new(ENV.fetch("PORT").to_i)
loop do
  client = server.accept
  client.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nHello from Ruby\n")
  client.close
end
