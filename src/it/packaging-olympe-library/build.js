const fs = require('node:fs')
const { name, version } = require('./package.json')

fs.mkdirSync('dist', { recursive: true })
fs.writeFileSync('dist/package.json', JSON.stringify({ name, version, main: 'main.js', codeAsData: 'codeAsData' }))
fs.writeFileSync('dist/main.js', 'exports.bricks = 1\n')
