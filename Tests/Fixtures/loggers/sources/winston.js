// winston as JSON with a time, and as its simple text.
const winston = require('winston');
const { combine, timestamp, json, simple, errors } = winston.format;
const log = winston.createLogger({ level: 'silly', format: combine(errors({ stack: true }), timestamp(), json()), transports: [new winston.transports.Console()] });
log.info('request done', { method: 'GET', url: '/cart', statusCode: 200, responseTime: 12.5, traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
log.error(new Error('card declined'));
log.http('proxied');
const text = winston.createLogger({ format: simple(), transports: [new winston.transports.Console()] });
text.warn('nearly full', { items: 3 });
