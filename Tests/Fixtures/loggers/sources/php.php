<?php
// PHP's error log on the command line.
ini_set('log_errors', '1');
ini_set('display_errors', '0');
ini_set('error_log', 'php://stdout');
error_reporting(E_ALL);
error_log('added 3 items');
echo "", $undefined;
trigger_error('nearly full', E_USER_NOTICE);
function pay(int $amount) { throw new RuntimeException('card declined'); }
pay(0);
