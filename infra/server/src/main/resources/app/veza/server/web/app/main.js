import { html, render } from './core/ui.js';
import { isByAnotherName, publicUrl } from './core/config.js';
import { App } from './view/app.js';

if (isByAnotherName()) location.replace(publicUrl + location.pathname + location.hash);
else render(html`<${App} />`, document.getElementById('app'));
