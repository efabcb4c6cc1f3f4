// Node's console, an error on it, and an uncaught one.
console.log('listening on 8080');
console.error('payment failed:', 'card declined');
function cart() { return undefined.items; }
try { cart(); } catch (error) { console.error(error); }
const error = new Error('no cart', { cause: new TypeError('no user') });
error.code = 'E_CART';
throw error;
