// Answers whoever wants to know whether the service runs: the port is that of HEALTH_PORT, and without one nothing listens.
import { createServer } from 'http';
import { rounded } from '../common/rounded.js';

const port = Number(process.env.HEALTH_PORT ?? 0);
if (port > 0) {
    createServer((request, response) => {
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ status: 'up', seconds: rounded(process.uptime(), 1) }));
    }).listen(port, '127.0.0.1');
}
