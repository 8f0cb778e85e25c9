import React from 'react';

export function Greeting({ name }) {
    return <p>Welcome to Acme, {name}.</p>;
}
