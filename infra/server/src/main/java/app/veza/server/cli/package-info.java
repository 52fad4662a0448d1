/**
 * The command line behind the {@code veza} script, and the launcher: the process that owns the embedded servers and the
 * nodes, watches them, and takes them down with it. Start at {@link app.veza.server.cli.Veza} and {@link
 * app.veza.server.cli.Launcher}.
 */
@NullMarked
package app.veza.server.cli;

import org.jspecify.annotations.NullMarked;
