package dev.slipway.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

class OwnNonceTest {

    private final OwnNonce filter = new OwnNonce();
    private final MockServletContext shared = new MockServletContext();
    private final List<Object> seen = new ArrayList<>();

    @Test
    void a_page_keeps_its_nonce_while_another_request_is_answered() throws Exception {
        page("/camunda/app/tasklist/default/", (request, response) -> {
            request.getServletContext().setAttribute(OwnNonce.NONCE, "first");
            request.getServletContext().setAttribute("other", "shared by all");
            ask("/camunda/api/engine/engine/default/filter", "second");
            seen.add(request.getServletContext().getAttribute(OwnNonce.NONCE));
        });

        assertThat(seen).containsExactly("second", "first");
        assertThat(shared.getAttribute(OwnNonce.NONCE)).isNull();
        assertThat(shared.getAttribute("other")).isEqualTo("shared by all");
    }

    @Test
    void other_requests_are_left_alone() throws Exception {
        page("/api/v1/releases", (request, response) -> seen.add(request.getServletContext()));

        assertThat(seen).containsExactly(shared);
    }

    private void ask(String path, String nonce) {
        try {
            page(path, (request, response) -> {
                request.getServletContext().setAttribute(OwnNonce.NONCE, nonce);
                seen.add(request.getServletContext().getAttribute(OwnNonce.NONCE));
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void page(String path, FilterChain chain) throws Exception {
        filter.doFilter(new MockHttpServletRequest(shared, "GET", path), new MockHttpServletResponse(), chain);
    }
}
