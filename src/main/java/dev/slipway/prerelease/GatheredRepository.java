package dev.slipway.prerelease;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

/** What was gathered, and what each check was last asked or confirmed on. */
interface GatheredRepository extends Repository<Gathered, Long> {

    Gathered save(Gathered gathered);

    Optional<Gathered> findFirstByReleaseNumberAndCollectorOrderByIdDesc(long releaseNumber, String collector);

    @Query("select digest from check_basis where release_number = :release and task = :task")
    Optional<String> basis(long release, String task);

    @Modifying
    @Query("update check_basis set digest = :digest where release_number = :release and task = :task")
    int changeBasis(long release, String task, String digest);

    @Modifying
    @Query("insert into check_basis (release_number, task, digest) values (:release, :task, :digest)")
    void addBasis(long release, String task, String digest);

    @Query("select distinct collector from gathered where release_number = :release order by collector")
    List<String> collectors(long release);
}
