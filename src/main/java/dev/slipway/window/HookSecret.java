package dev.slipway.window;

import org.springframework.data.annotation.Id;

/**
 * The server's own secret, where none is set.
 *
 * @param id     always 1: there is one
 * @param secret random
 */
record HookSecret(@Id Integer id, String secret) {}
