// As when there is no orchestrator, without the fifteen seconds.
new File(basedir, 'stand-in.json').text = '{"fail": "connect", "connectMillis": 10}'
return true
