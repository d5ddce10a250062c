package dev.slipway.window;

import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** The one secret. */
interface HookSecretRepository extends Repository<HookSecret, Integer> {

    Optional<HookSecret> findById(Integer id);

    @Modifying
    @Query("insert into hook_secret (id, secret) values (1, :secret)")
    void add(String secret);
}
