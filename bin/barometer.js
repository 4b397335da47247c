#!/usr/bin/env node
require('./run-program').runProgram('cli');
