package dev.slipway.window.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as HAProxy 2.6 gave them. */
class FarmTest {

    static final String STATE_HEAD = "1\n# be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state"
            + " srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health"
            + " srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl"
            + " srv_check_port srv_check_addr srv_agent_addr srv_agent_port\n";
    static final String STATE = STATE_HEAD + """
            3 checkout 1 blue1 127.0.0.1 0 0 3 1 0 8 2 0 6 0 0 0 - 19993 - 0 0 - - 0
            3 checkout 2 blue2 127.0.0.1 2 0 5 1 0 1 0 2 0 0 0 0 - 19994 - 0 0 - - 0
            3 checkout 3 green1 ::1 2 0 0 0 0 1 0 2 6 0 0 0 - 19995 - 0 0 - - 0
            3 checkout 4 spare 127.0.0.1 2 8 1 1 0 1 0 2 0 0 0 0 - 19996 - 0 0 - - 0
            """;
    static final String STATISTICS = """
            # pxname,svname,status,bck,type,last_chk,cookie,algo,
            checkout,blue1,DOWN,0,2,"Connection refused, ""at once""\",b1,,
            checkout,blue2,no check,0,2,,b2,,
            checkout,green1,UP 1/3,0,2,,g1,,
            checkout,spare,DRAIN,1,2,,,,
            checkout,BACKEND,UP,1,1,,SRV,roundrobin,
            """;

    @Test
    void servers_are_read_with_weight_health_and_address() {
        var farm =
                Farm.of("checkout", Farm.rowsOfState(STATE, "checkout"), Farm.rowsOfStatistics(STATISTICS, "checkout"));

        assertThat(farm.algorithm()).isEqualTo("roundrobin");
        assertThat(farm.cookie()).isEqualTo("SRV");
        assertThat(farm.servers().values())
                .containsExactly(
                        new Server(
                                "blue1",
                                "127.0.0.1",
                                19993,
                                3,
                                false,
                                true,
                                false,
                                false,
                                "DOWN (Connection refused, \"at once\")"),
                        new Server("blue2", "127.0.0.1", 19994, 5, true, false, false, false, "no check"),
                        new Server("green1", "::1", 19995, 0, true, true, true, false, "UP 1/3"),
                        new Server("spare", "127.0.0.1", 19996, 1, false, false, false, true, "DRAIN"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20})
    void maintenance_and_draining_of_every_kind_keep_a_server_from_being_used(int admin) {
        assertThat(one("2 " + admin).usable()).isFalse();
    }

    @Test
    void a_name_that_was_changed_at_run_time_does_not_keep_a_server_from_being_used() {
        assertThat(one("2 64").usable()).isTrue();
        assertThat(one("1 0").usable()).isTrue();
        assertThat(one("3 0").usable()).isFalse();
    }

    private static Server one(String states) {
        var state =
                STATE_HEAD + "3 checkout 2 blue2 127.0.0.1 " + states + " 5 1 0 1 0 2 0 0 0 0 - 19994 - 0 0 - - 0\n";
        return Farm.of("checkout", Farm.rowsOfState(state, "checkout"), Farm.rowsOfStatistics(STATISTICS, "checkout"))
                .servers()
                .get("blue2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2\n# be_id be_name\n",
                "1\nbe_id be_name\n",
                "Permission denied",
                "1\n# be_name srv_name\nother blue1",
                "1\n# be_name srv_name srv_port\ncheckout blue1"
            })
    void another_answer_about_the_state_is_not_understood(String answer) {
        assertThatThrownBy(() -> Farm.rowsOfState(answer, "checkout")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "No such proxy.",
                "# pxname,svname,status\ncheckout,blue1",
                "# pxname,svname\nother,blue1",
                "# pxname,svname\ncheckout,\"blue1"
            })
    void another_answer_about_statistics_is_not_understood(String answer) {
        assertThatThrownBy(() -> Farm.rowsOfStatistics(answer, "checkout"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_value_that_is_none_or_missing_is_not_understood() {
        var statistics = Farm.rowsOfStatistics(STATISTICS, "checkout");
        for (var broken : new String[] {
            STATE.replace("blue1 127.0.0.1 0 0 3", "blue1 127.0.0.1 0 0 x"),
            STATE.replace("blue1 127.0.0.1 0 0 3", "blue1 127.0.0.1 0 0 257"),
            STATE.replace("blue1", "blue9"),
            STATE.replace("srv_uweight", "srv_weight")
        }) {
            assertThatThrownBy(() -> Farm.of("checkout", Farm.rowsOfState(broken, "checkout"), statistics))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_map_is_read_line_by_line_and_contradicts_itself_nowhere() {
        assertThat(MapVersions.entries("0x55 green1 1.5.0\n0x56 blue1 1.4.2 rc 1\n0x57 blue2\n"
                        + "0x58 blue3 1.4.2\n0x59 blue3 1.4.3\n0x5a blue4 1.4.2\n0x5b blue4 1.4.2"))
                .containsEntry("green1", "1.5.0")
                .containsEntry("blue1", "1.4.2 rc 1")
                .containsEntry("blue2", "")
                .containsEntry("blue3", "")
                .containsEntry("blue4", "1.4.2");
        assertThat(MapVersions.entries("")).isEmpty();
        assertThatThrownBy(() -> MapVersions.entries("green1 1.5.0")).isInstanceOf(IllegalArgumentException.class);
    }
}
