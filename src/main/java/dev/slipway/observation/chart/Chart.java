package dev.slipway.observation.chart;

import dev.slipway.observation.judge.Verdict;
import java.time.ZoneId;
import java.util.List;

/**
 * What is drawn of one metric.
 *
 * @param metric    its name
 * @param verdict   of the last look; null where there was none
 * @param rule      the rule that decided the last look; null where there was none
 * @param words     the same in a sentence; may be null
 * @param unit      such as {@code ratio} or {@code s}; may be null
 * @param failAbove absolute ceiling; may be null
 * @param failBelow absolute floor; may be null
 * @param before    what it was before the release, where it is compared with that; may be null
 * @param zone      of the clock times
 * @param points    oldest first; may be empty
 */
public record Chart(
        String metric,
        Verdict verdict,
        String rule,
        String words,
        String unit,
        Double failAbove,
        Double failBelow,
        Double before,
        ZoneId zone,
        List<Point> points) {

    public Chart {
        points = List.copyOf(points);
    }

    /** @return an SVG document, readable from 600 pixels of width on */
    public String svg() {
        return new SvgChart(this).draw();
    }
}
