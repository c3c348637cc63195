#!/bin/sh
# Ctrl-C in a terminal reaches every process of the house. workerd must survive it until everything
# acknowledged has landed.
trap '' INT
exec "$SIGNALHOUSE_WORKERD" "$@"
