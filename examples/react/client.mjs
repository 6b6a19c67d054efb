import { createElement as h, StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { App } from './app.mjs';

const { notices } = JSON.parse(document.querySelector('#decided').textContent);
hydrateRoot(document.querySelector('#root'), h(StrictMode, null, h(App, { notices })));
