// As when there is no orchestrator, without the fifteen seconds.
new File(basedir, 'stand-in.json').text = '{"fail": "connect", "connectMillis": 10}'
// The toolkit runs elsewhere, so that it takes a full path.
new File(basedir, 'invoker.properties').text = new File(basedir, 'invoker.properties').text
        .replace('stand-in.json', new File(basedir, 'stand-in.json').absolutePath)
return true
