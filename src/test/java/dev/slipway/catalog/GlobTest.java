package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            **/*.java          | A.java              | true
            **/*.java          | src/main/A.java     | true
            **/*.java          | src/main/A.kt       | false
            **/pom.xml         | pom.xml             | true
            **/pom.xml         | a/pom.xml           | true
            **/pom.xml         | a/my-pom.xml        | false
            db/migration/**    | db/migration/a/V1.sql | true
            db/*.sql           | db/V1.sql           | true
            db/*.sql           | db/a/V1.sql         | false
            **/{a,b}/*.{x,y}   | p/b/c.y             | true
            **/{a,b}/*.{x,y}   | p/c/c.y             | false
            **/test/**         | src/test/a/B.java   | true
            **/test/**         | latest/a/B.java     | false
            v?.sql             | v1.sql              | true
            a,b.txt            | a,b.txt             | true
            """)
    void paths_are_meant_or_not(String glob, String path, boolean meant) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(meant);
    }
}
