// The page that the widget stands in; the playground around it calls.
import { mount } from '../dist/widget.js';

globalThis.show = (where, options) => mount(where === 'chat' ? document.querySelector('#chat') : document, options);
