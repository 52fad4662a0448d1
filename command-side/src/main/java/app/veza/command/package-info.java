/** The decisions of Veza: one package a use case, below the context it belongs to. */
@NullMarked
package app.veza.command;

import org.jspecify.annotations.NullMarked;
