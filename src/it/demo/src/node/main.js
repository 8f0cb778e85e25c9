// The service: answers the discounted price of an article.
import { createServer } from 'node:http';
import { firstValueFrom, of, map } from 'rxjs';
import { discounted } from '../common/price.js';

const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    try {
        const price = await firstValueFrom(
            of(Number(url.searchParams.get('cents'))).pipe(map(cents => discounted(cents, Number(url.searchParams.get('percent'))))));
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ price }));
    } catch (error) {
        response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: error.message }));
    }
});

server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => console.log(`shop service listens on ${server.address().port}`));
