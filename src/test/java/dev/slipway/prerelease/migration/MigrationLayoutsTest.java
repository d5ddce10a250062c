package dev.slipway.prerelease.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What each tool's files say to the review. */
class MigrationLayoutsTest {

    @Test
    void flyway_runs_a_file_in_one_transaction_unless_it_can_not() {
        assertThat(rules("V2__a.sql", """
                ALTER TABLE t ADD CONSTRAINT k CHECK (a > 0) NOT VALID;
                ALTER TABLE t VALIDATE CONSTRAINT k;
                """)).containsExactly("none", "validate-in-same-transaction");
        assertThat(rules("V3__b.sql", "CREATE INDEX CONCURRENTLY i ON t (a);")).containsExactly("none");
    }

    @Test
    void numbered_files_continue_each_other_and_plain_ones_do_not() {
        var create = "CREATE TABLE t (a bigint);";
        var index = "CREATE INDEX i ON t (a);";

        assertThat(review(new ChangedFile("V1__a.sql", create), new ChangedFile("V2__b.sql", index)))
                .containsExactly("none", "none");
        assertThat(review(new ChangedFile("a.sql", create), new ChangedFile("b.sql", index)))
                .containsExactly("none", "create-index");
    }

    @Test
    void the_way_back_is_skipped_and_said() {
        var result = reviewer()
                .review(List.of(
                        new ChangedFile("1_a.up.sql", "ALTER TABLE t ADD COLUMN a int;"),
                        new ChangedFile("1_a.down.sql", "DROP TABLE t;"),
                        new ChangedFile("U1__a.sql", "DROP TABLE t;")));

        assertThat(result.statements()).hasSize(1);
        assertThat(result.skipped()).hasSize(2).first().asString().startsWith("1_a.down.sql: it is the way back");
        assertThat(rules("goose.sql", "-- +goose Up\nSELECT 1;\n-- +goose Down\nDROP TABLE t;\n"))
                .containsExactly("none");
    }

    @Test
    void several_statements_of_a_prisma_file_are_one_transaction() {
        assertThat(rules("20240101_x/migration.sql", "CREATE INDEX CONCURRENTLY i ON t (a);"))
                .containsExactly("none");
        assertThat(rules("20240101_x/migration.sql", "SELECT 1; CREATE INDEX CONCURRENTLY i ON t (a);"))
                .containsExactly("none", "concurrently-in-transaction");
    }

    @Test
    void liquibases_sql_has_changesets_with_and_without_transaction() {
        var statements = reviewed("changes.sql", """
                --liquibase formatted sql

                --changeset ann:1
                CREATE INDEX CONCURRENTLY i ON t (a);
                --rollback DROP INDEX i;
                --changeset ann:2 runInTransaction:false
                CREATE INDEX CONCURRENTLY j ON t (a);
                """);

        assertThat(statements)
                .extracting(ReviewedStatement::rule)
                .containsExactly("concurrently-in-transaction", "none");
        assertThat(statements).extracting(ReviewedStatement::line).containsExactly(4, 7);
    }

    @Test
    void liquibases_xml_is_said_in_sql() {
        assertThat(rules("changelog.xml", """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog">
                  <changeSet id="1" author="ann">
                    <preConditions><tableExists tableName="t"/></preConditions>
                    <dropColumn tableName="t" columnName="a"/>
                    <renameTable oldTableName="t" newTableName="u"/>
                    <addColumn tableName="t"><column name="b" type="varchar(20)"/>
                      <column name="c" type="int"><constraints nullable="false"/></column></addColumn>
                    <createIndex indexName="i" tableName="t"><column name="a"/></createIndex>
                    <addNotNullConstraint tableName="t" columnName="a" columnDataType="int"/>
                    <addForeignKeyConstraint baseTableName="t" baseColumnNames="a" constraintName="f" referencedTableName="o" referencedColumnNames="id"/>
                    <addUniqueConstraint tableName="t" columnNames="a, b"/>
                    <modifyDataType tableName="t" columnName="a" newDataType="bigint"/>
                    <dropTable tableName="t"/>
                    <sql>TRUNCATE u</sql>
                    <customChange class="x.Y"/>
                    <rollback><dropTable tableName="u"/></rollback>
                  </changeSet>
                  <include file="more.xml"/>
                </databaseChangeLog>
                """))
                .containsExactly(
                        "drop-column",
                        "rename-table",
                        "none",
                        "add-required-column",
                        "create-index",
                        "set-not-null",
                        "add-foreign-key",
                        "add-unique-constraint",
                        "change-type",
                        "drop-table",
                        "truncate",
                        "unparsed",
                        "unparsed");
    }

    @Test
    void an_outside_entity_is_not_read() {
        assertThat(rules("changelog.xml", """
                <!DOCTYPE databaseChangeLog [<!ENTITY x SYSTEM "file:///etc/hostname">]>
                <databaseChangeLog><changeSet id="1"><sql>&x;</sql></changeSet></databaseChangeLog>
                """)).containsExactly("unparsed");
    }

    @Test
    void liquibases_yaml_and_json_are_the_same() {
        assertThat(rules("changelog.yaml", """
                databaseChangeLog:
                  - changeSet:
                      id: 1
                      author: ann
                      changes:
                        - dropColumn: {tableName: t, columnName: a}
                        - addColumn:
                            tableName: t
                            columns:
                              - column: {name: b, type: int}
                        - sql: {sql: "DROP TABLE x"}
                        - customChange: {class: x}
                """)).containsExactly("drop-column", "none", "drop-table", "unparsed");
        assertThat(rules("changelog.json", """
                {"databaseChangeLog": [{"changeSet": {"id": "1", "author": "ann", "changes": [
                  {"renameColumn": {"tableName": "t", "oldColumnName": "a", "newColumnName": "b"}}]}}]}
                """)).containsExactly("rename-column");
    }

    @Test
    void rails_calls_are_said_in_sql_and_the_rest_is_unread() {
        assertThat(rules("db/migrate/20240101000000_x.rb", """
                class X < ActiveRecord::Migration[7.1]
                  def up
                    add_column :users, :name, :string
                    add_column :users, :age, :integer, null: false
                    remove_column :users, :email # gone
                    rename_column :users, :a, :b
                    add_index :users, :name
                    change_column_null :users, :a, false
                    add_foreign_key :users, :orders, validate: false
                    create_table :things do |t|
                      t.string :name
                    end
                    execute <<~SQL
                      TRUNCATE things;
                    SQL
                    User.update_all(a: 1)
                  end

                  def down
                    drop_table :users
                  end
                end
                """))
                .containsExactly(
                        "none",
                        "add-required-column",
                        "drop-column",
                        "rename-column",
                        "create-index",
                        "set-not-null",
                        "none",
                        "none",
                        "none",
                        "unparsed");
        assertThat(rules("db/migrate/2_y.rb", """
                class Y < ActiveRecord::Migration[7.1]
                  disable_ddl_transaction!
                  def change
                    add_index :users, [:a, :b], algorithm: :concurrently
                  end
                end
                """)).containsExactly("none");
    }

    @Test
    void alembic_calls_are_said_in_sql() {
        assertThat(rules("versions/ab_x.py", """
                from alembic import op
                import sqlalchemy as sa

                revision = "ab"

                def upgrade():
                    op.add_column("users", sa.Column("name", sa.String(50), nullable=True))
                    op.add_column("users", sa.Column("age", sa.Integer(), nullable=False))
                    op.drop_column("users", "email")
                    op.create_index("ix", "users", ["name"])
                    op.alter_column("users", "a", nullable=False)
                    op.alter_column("users", "a", new_column_name="b")
                    op.execute("UPDATE users SET a = 1")
                    session.commit()

                def downgrade():
                    op.drop_table("users")
                """))
                .containsExactly(
                        "none",
                        "add-required-column",
                        "drop-column",
                        "create-index",
                        "set-not-null",
                        "rename-column",
                        "backfill-under-lock",
                        "unparsed");
    }

    @Test
    void django_operations_are_said_in_sql() {
        assertThat(rules("shop/migrations/0002_x.py", """
                from django.db import migrations, models

                class Migration(migrations.Migration):
                    dependencies = [("shop", "0001_initial")]

                    operations = [
                        migrations.AddField(model_name="order", name="note", field=models.TextField(null=True)),
                        migrations.AddField("order", "total", models.IntegerField(default=0)),
                        migrations.RemoveField(model_name="order", name="old"),
                        migrations.RenameField(model_name="order", old_name="a", new_name="b"),
                        migrations.DeleteModel(name="Cart"),
                        migrations.RunSQL("DROP TABLE x"),
                        migrations.RunPython(forwards),
                    ]
                """))
                .containsExactly(
                        "none",
                        "add-required-column",
                        "drop-column",
                        "rename-column",
                        "drop-table",
                        "drop-table",
                        "unparsed");
    }

    @Test
    void knex_calls_are_said_in_sql() {
        assertThat(rules("migrations/1_x.js", """
                exports.up = async function (knex) {
                  await knex.schema.dropTable('a');
                  await knex.schema.alterTable('b', (t) => { t.dropColumn('c'); });
                  await knex.schema.alterTable('b', (t) => { t.string('d').notNullable(); });
                  await knex.raw(`CREATE INDEX i ON b (d)`);
                  await knex('b').update({ d: 1 });
                };

                exports.down = function (knex) {
                  return knex.schema.dropTable('z');
                };
                """))
                .containsExactly("drop-table", "drop-column", "unparsed", "create-index", "unparsed");
    }

    @Test
    void a_file_of_no_known_tool_is_unread() {
        assertThat(rules("Migration.java", "class Migration {}")).containsExactly("unparsed");
        assertThat(rules("settings.yaml", "a: 1")).containsExactly("unparsed");
    }

    private static Reviewer reviewer() {
        return new Reviewer(Dialect.POSTGRESQL, ServerVersion.of("14"));
    }

    private static List<ReviewedStatement> reviewed(String path, String text) {
        return reviewer().review(List.of(new ChangedFile(path, text))).statements();
    }

    private static List<String> rules(String path, String text) {
        return review(new ChangedFile(path, text));
    }

    private static List<String> review(ChangedFile... files) {
        return reviewer().review(List.of(files)).statements().stream()
                .map(ReviewedStatement::rule)
                .toList();
    }
}
