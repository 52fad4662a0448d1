/** The web client, served beside the API: a page, its modules and styles, and what a browser may do with them. */
@NullMarked
package app.veza.server.web;

import org.jspecify.annotations.NullMarked;
