// bunyan with its request and error serializers.
const bunyan = require('bunyan');
const log = bunyan.createLogger({ name: 'shop', serializers: bunyan.stdSerializers });
log.info({ req_id: 'req-8f14e45f', req: { method: 'GET', url: '/cart?x=1', headers: {} }, res: { statusCode: 200 } }, 'request done');
log.error({ err: new Error('card declined') }, 'payment failed');
log.fatal('no cart');
