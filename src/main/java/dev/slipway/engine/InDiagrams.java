package dev.slipway.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A bean that expressions in diagrams may call, besides delegates and listeners. Every other bean is out of their
 * reach: whoever edits a diagram edits the flow, not the application. The class and its methods must be public, since
 * expressions see nothing else.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InDiagrams {}
