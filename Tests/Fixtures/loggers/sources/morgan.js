// morgan's combined, dev and tiny formats.
const http = require('http');
const morgan = require('morgan');
const loggers = [morgan('combined'), morgan('dev'), morgan('tiny')];
let served = 0;
const server = http.createServer((request, response) => {
  const log = loggers[served++];
  log(request, response, () => { response.statusCode = request.url === '/nothing' ? 404 : 200; response.end('ok'); });
});
server.listen(0, '127.0.0.1', async () => {
  for (const path of ['/cart?x=1', '/cart?x=1', '/nothing']) {
    await fetch(`http://127.0.0.1:${server.address().port}${path}`).then((r) => r.text());
  }
  server.close();
  server.closeAllConnections();
});
