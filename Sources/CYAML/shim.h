// libyaml's event interface, and nothing more.
#include <yaml.h>
