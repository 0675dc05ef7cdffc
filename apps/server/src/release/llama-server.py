"""Runs llama.cpp's server with a model file: llama-server.py MODEL PORT."""

import os
import signal
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {"real"}
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.n_ctx = 4096
# The threads spin while they wait for each other, so one core is left to the tests.
threads = max(1, (os.cpu_count() or 2) - 1)
params.cpuparams.n_threads = threads
params.cpuparams_batch.n_threads = threads
params.n_parallel = 2
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
signal.pause()
