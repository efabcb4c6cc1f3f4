#!/bin/bash
# Runs the servers that Debian 12 has, on the loopback, for a few requests each, and keeps what they log.
# Usage: servers.sh OUTPUT-FOLDER; needs nginx-light apache2 haproxy lighttpd redis-server mariadb-server postgresql
# rabbitmq-server prometheus prometheus-alertmanager caddy openssh-server curl.
out=$1
work=$(mktemp -d)
chmod 755 "$work"
port=42100
get() { curl -s -o /dev/null -A "curl/7.88.1" "$@"; }
stop() { kill "$1"; wait "$1" 2>/dev/null; }

nginx_() {
    mkdir -p "$work/nginx/html" && echo ok > "$work/nginx/html/cart"
    cat > "$work/nginx.conf" <<C
daemon off; pid $work/nginx.pid; error_log $work/nginx-error.log info; master_process off;
events {}
http {
  log_format json escape=json '{"time":"\$time_iso8601","remote_addr":"\$remote_addr","request":"\$request","status":\$status,"body_bytes_sent":\$body_bytes_sent,"request_time":\$request_time,"http_user_agent":"\$http_user_agent","request_id":"\$request_id"}';
  access_log $work/nginx-access.log combined; access_log $work/nginx-json.log json;
  client_body_temp_path $work/t1; proxy_temp_path $work/t2; fastcgi_temp_path $work/t3; uwsgi_temp_path $work/t4; scgi_temp_path $work/t5;
  server { listen 127.0.0.1:$port; root $work/nginx/html; location /api { proxy_pass http://127.0.0.1:1; } }
}
C
    nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null & pid=$!
    sleep 1
    get "http://127.0.0.1:$port/cart?x=1"; get "http://127.0.0.1:$port/nothing"; get "http://127.0.0.1:$port/api/orders"
    stop $pid
    cp "$work/nginx-access.log" "$out/nginx-access.log"; cp "$work/nginx-json.log" "$out/nginx-json.log"
    cp "$work/nginx-error.log" "$out/nginx-error.log"
}

apache_() {
    mkdir -p "$work/apache/html" && echo ok > "$work/apache/html/cart"
    cat > "$work/apache.conf" <<C
ServerRoot $work/apache
ServerName shop.example
Listen 127.0.0.1:$((port + 1))
PidFile $work/apache/pid
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule proxy_module /usr/lib/apache2/modules/mod_proxy.so
LoadModule proxy_http_module /usr/lib/apache2/modules/mod_proxy_http.so
DocumentRoot $work/apache/html
LogFormat "%h %l %u %t \"%r\" %>s %b" common
LogFormat "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"" vhost
CustomLog $work/apache-common.log common
CustomLog $work/apache-vhost.log vhost
ErrorLog $work/apache-error.log
LogLevel info
ProxyPass /api http://127.0.0.1:1/
C
    apache2 -f "$work/apache.conf" -D FOREGROUND & pid=$!
    sleep 2
    get "http://127.0.0.1:$((port + 1))/cart?x=1"; get "http://127.0.0.1:$((port + 1))/nothing"; get "http://127.0.0.1:$((port + 1))/api/orders"
    stop $pid
    for name in common vhost error; do cp "$work/apache-$name.log" "$out/apache-$name.log"; done
}

haproxy_() {
    cat > "$work/haproxy.cfg" <<C
global
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout connect 1s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:$((port + 2))
  default_backend shop
backend shop
  http-request return status 200 content-type text/plain string ok if { path /cart }
  server one 127.0.0.1:1
C
    haproxy -f "$work/haproxy.cfg" > "$out/haproxy.log" 2>&1 & pid=$!
    sleep 1
    get "http://127.0.0.1:$((port + 2))/cart?x=1"; get "http://127.0.0.1:$((port + 2))/orders"
    stop $pid
}

lighttpd_() {
    mkdir -p "$work/lighttpd" && echo ok > "$work/lighttpd/cart"
    cat > "$work/lighttpd.conf" <<C
server.modules = ("mod_accesslog")
server.bind = "127.0.0.1"
server.port = $((port + 3))
server.document-root = "$work/lighttpd"
server.errorlog = "$work/lighttpd-error.log"
accesslog.filename = "$work/lighttpd-access.log"
C
    lighttpd -D -f "$work/lighttpd.conf" & pid=$!
    sleep 1
    get "http://127.0.0.1:$((port + 3))/cart?x=1"; get "http://127.0.0.1:$((port + 3))/nothing"
    stop $pid
    cat "$work/lighttpd-access.log" "$work/lighttpd-error.log" > "$out/lighttpd.log"
}

redis_() {
    redis-server --port $((port + 4)) --bind 127.0.0.1 --dir "$work" --save "" > "$out/redis.log" 2>&1 & pid=$!
    sleep 1
    stop $pid
}

postgres_() {
    bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
    mkdir "$work/pg" && chown postgres "$work/pg"
    su postgres -c "$bin/initdb -D $work/pg/data" > /dev/null
    su postgres -c "exec $bin/postgres -D $work/pg/data -p $((port + 5)) -k $work/pg -c listen_addresses= -c log_line_prefix='%m [%p] %q%u@%d ' -c log_min_duration_statement=0" > "$out/postgresql.log" 2>&1 & pid=$!
    sleep 3
    su postgres -c "psql -h $work/pg -p $((port + 5)) -c 'SELECT 1' -c 'SELECT *
        FROM carts
        WHERE id = 1'" > /dev/null 2>&1
    su postgres -c "$bin/pg_ctl -D $work/pg/data stop -m fast" > /dev/null
    wait $pid
}

mariadb_() {
    mkdir "$work/maria" && chown mysql "$work/maria"
    mariadb-install-db --user=mysql --datadir="$work/maria/data" > /dev/null 2>&1
    mariadbd --user=mysql --datadir="$work/maria/data" --socket="$work/maria/s" --port=$((port + 6)) --bind-address=127.0.0.1 --pid-file="$work/maria/pid" > "$out/mariadb.log" 2>&1 & pid=$!
    sleep 4
    mariadb -S "$work/maria/s" -u nobody -pwrong > /dev/null 2>&1
    stop $pid
}

rabbitmq_() {
    mkdir "$work/rabbit" && chown rabbitmq "$work/rabbit"
    su rabbitmq -s /bin/bash -c "HOME=$work/rabbit RABBITMQ_NODENAME=shop@localhost RABBITMQ_MNESIA_BASE=$work/rabbit RABBITMQ_LOG_BASE=$work/rabbit RABBITMQ_LOGS=- RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT=$((port + 7)) RABBITMQ_DIST_PORT=$((port + 8)) timeout -s TERM 20 /usr/lib/rabbitmq/bin/rabbitmq-server" > "$out/rabbitmq.log" 2>&1
}

prometheus_() {
    echo 'global: {scrape_interval: 1s}' > "$work/prometheus.yml"
    prometheus --config.file "$work/prometheus.yml" --storage.tsdb.path "$work/tsdb" --web.listen-address 127.0.0.1:$((port + 9)) > "$out/prometheus.log" 2>&1 & pid=$!
    sleep 2
    stop $pid
    echo 'scrape_configs: [{job_name: 1, x: 2}]' > "$work/prometheus.yml"
    prometheus --config.file "$work/prometheus.yml" --storage.tsdb.path "$work/tsdb" --web.listen-address 127.0.0.1:$((port + 9)) >> "$out/prometheus.log" 2>&1
}

alertmanager_() {
    printf 'route: {receiver: none}\nreceivers: [{name: none}]\n' > "$work/am.yml"
    prometheus-alertmanager --config.file "$work/am.yml" --storage.path "$work/am" --web.listen-address 127.0.0.1:$((port + 10)) --cluster.listen-address= > "$out/alertmanager.log" 2>&1 & pid=$!
    sleep 2
    stop $pid
    prometheus-alertmanager --config.file "$work/missing.yml" --storage.path "$work/am" --web.listen-address 127.0.0.1:$((port + 10)) --cluster.listen-address= >> "$out/alertmanager.log" 2>&1
}

caddy_() {
    mkdir -p "$work/caddy" && echo ok > "$work/caddy/cart"
    cat > "$work/Caddyfile" <<C
{
  admin off
  auto_https off
  storage file_system $work/caddy-data
}
http://127.0.0.1:$((port + 11)) {
  log
  root * $work/caddy
  reverse_proxy /api/* 127.0.0.1:1
  file_server
}
C
    HOME="$work" caddy run --config "$work/Caddyfile" --adapter caddyfile > "$out/caddy.log" 2>&1 & pid=$!
    sleep 2
    get "http://127.0.0.1:$((port + 11))/cart?x=1"; get "http://127.0.0.1:$((port + 11))/api/orders"
    stop $pid
}

sshd_() {
    ssh-keygen -q -N "" -f "$work/key"
    mkdir -p /run/sshd
    /usr/sbin/sshd -D -e -o ListenAddress=127.0.0.1 -o Port=$((port + 12)) -o HostKey="$work/key" -o PidFile=none -f /dev/null > "$out/sshd.log" 2>&1 & pid=$!
    sleep 1
    ssh -p $((port + 12)) -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null nobody@127.0.0.1 true 2> /dev/null
    stop $pid
}

for server in ${2:-nginx apache haproxy lighttpd redis postgres mariadb rabbitmq prometheus alertmanager caddy sshd}; do
    ${server}_
done
rm -rf "$work"
