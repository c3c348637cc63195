#!/bin/sh
# Ctrl-C in a terminal reaches every process of the house. workerd has to outlive it until what was acknowledged has landed.
trap '' INT
exec "$SIGNALHOUSE_WORKERD" "$@"
