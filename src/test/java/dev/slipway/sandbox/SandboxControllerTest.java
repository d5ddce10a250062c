package dev.slipway.sandbox;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class SandboxControllerTest {

    @TempDir
    Path directory;

    private RunningSandbox sandbox;
    private MockMvc http;

    @BeforeEach
    void start() {
        sandbox = RunningSandbox.in(directory);
        http = MockMvcBuilders.standaloneSetup(sandbox.controller).build();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void a_fault_is_set_and_shown_in_the_same_words() throws Exception {
        http.perform(put("/sandbox/faults/1.1.0")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"kind\": \"latency\", \"intensity\": 0.5}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.kind").value("latency"));

        http.perform(get("/sandbox"))
                .andExpect(jsonPath("$.faults['1.1.0'].kind").value("latency"))
                .andExpect(jsonPath("$.faults['1.1.0'].intensity").value(0.5));
    }

    @Test
    void none_needs_no_intensity() throws Exception {
        sandbox.breaks("1.1.0", "errors", 1);

        http.perform(put("/sandbox/faults/1.1.0")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"kind\": \"none\"}"))
                .andExpect(status().isOk());

        http.perform(get("/sandbox")).andExpect(jsonPath("$.faults").isEmpty());
    }

    @Test
    void a_look_shows_who_serves_and_what_was_ordered() throws Exception {
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 5);

        http.perform(get("/sandbox"))
                .andExpect(jsonPath("$.url").value(sandbox.storefront.address().toString()))
                .andExpect(jsonPath("$.serving").value("1.0.0"))
                .andExpect(jsonPath("$.weights['1.0.0']").value(95.0))
                .andExpect(jsonPath("$.weights['1.1.0']").value(5.0))
                .andExpect(jsonPath("$.orders[1].kind").value("SHIFT"))
                .andExpect(jsonPath("$.orders[1].executions").value(1));
    }
}
