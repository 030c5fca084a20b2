<?php

$server = stream_socket_server('tcp://0.0.0.0:' . getenv('PORT'));
while ($client = stream_socket_accept($server, -1)) {
    fwrite($client, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nHello from PHP\n");
    fclose($client);
}
