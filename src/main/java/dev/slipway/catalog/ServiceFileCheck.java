package dev.slipway.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Checks service definitions away from the server that will read them. Placeholders need not be known. */
public final class ServiceFileCheck {

    private final ServiceFileReader reader;

    /** @param adapters that a definition can name */
    public ServiceFileCheck(List<Adapter> adapters) {
        reader = new ServiceFileReader(new KnownAdapters(List.copyOf(adapters)), name -> Optional.empty());
    }

    /** @return what is wrong, file by file and then by line; empty if all are fine */
    public List<FileProblem> check(List<Path> files) {
        var problems = new ArrayList<FileProblem>();
        var holders = new HashMap<String, Path>();
        for (var path : files) {
            var content = FileText.of(path);
            if (content.text() == null) {
                problems.add(content.problem());
                continue;
            }
            var file = reader.read(path.toString(), content.text(), Purpose.CHECK);
            problems.addAll(file.problems());
            if (file.definition() != null) {
                var holder = holders.putIfAbsent(file.definition().service(), path);
                if (holder != null && !holder.equals(path)) {
                    var good = new ServiceFiles.Good(content.text(), file.definition());
                    problems.add(ServiceFiles.rival(path, good, holder));
                }
            }
        }
        return problems;
    }
}
