# Ruby's Logger, and an uncaught error.
require 'logger'
STDERR.reopen(STDOUT)
log = Logger.new(STDOUT)
log.info('added 3 items')
log.warn('cart') { 'nearly full' }
def pay(amount) = 1 / amount
begin
  pay(0)
rescue ZeroDivisionError => e
  log.error(e)
end
log.fatal('no cart')
STDOUT.flush
pay(0)
