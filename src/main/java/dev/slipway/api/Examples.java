package dev.slipway.api;

/** What calls and answers look like, for the API's description. */
final class Examples {

    static final String SHORTEST_RELEASE = """
            {"service": "checkout", "version": "1.5.0", "title": "Faster checkout"}""";

    static final String FULL_RELEASE = """
            {
              "service": "checkout", "version": "1.5.0", "title": "Faster checkout", "owner": "erin",
              "changes": [
                {"kind": "FEATURE", "title": "Pay by invoice", "reference": "SHOP-123"},
                {"kind": "FIX", "title": "Rounding of discounts", "reference": "SHOP-130"}
              ],
              "fromRevision": "v1.4.2", "toRevision": "v1.5.0",
              "dependencies": {"environment": ["CHECKOUT_TIMEOUT"]},
              "schemaChange": false,
              "rollbackPlan": {
                "text": "Shift all traffic back to 1.4.2.",
                "manualSteps": ["[manual] olga, 5 min: clear the price cache -> the prices of today are shown"]
              },
              "window": {"start": "2026-03-02T09:00:00+01:00", "end": "2026-03-02T12:00:00+01:00"}
            }""";

    static final String MESSAGE = """
            {
              "id": 7, "release": "REL-42", "channel": "slack", "subject": "checkout 1.5.0 is being rolled back",
              "state": "DEAD", "attempts": 12, "problem": "Slack refused: not_in_channel",
              "writtenAt": "2026-03-02T09:12:00Z", "deliveredAt": null
            }""";

    static final String MESSAGES = "[" + MESSAGE + "]";

    static final String RELEASE = """
            {
              "id": "REL-42", "service": "checkout", "version": "1.5.0", "title": "Faster checkout",
              "phase": "PRE_RELEASE", "outcome": null, "risk": "LOW", "owner": "erin", "requestedBy": "paula",
              "openedAt": "2026-03-01T08:00:00Z", "closedAt": null, "servingVersion": "1.4.2",
              "windowStart": "2026-03-02T08:00:00Z", "windowEnd": "2026-03-02T11:00:00Z",
              "changes": [{"kind": "FEATURE", "title": "Pay by invoice", "reference": "SHOP-123"}],
              "foundBy": null, "onHold": null,
              "waitingFor": [{
                "task": "Confirm scope", "taskId": "6d0f3c1e", "owner": "engineering",
                "since": "2026-03-01T08:00:01Z", "due": "2026-03-01T16:00:01Z",
                "default": "The release owner is asked."
              }]
            }""";

    static final String RELEASE_PAGE = """
            {
              "items": [{
                "id": "REL-42", "service": "checkout", "version": "1.5.0", "title": "Faster checkout",
                "phase": "PRE_RELEASE", "outcome": null, "risk": "LOW", "owner": "erin",
                "openedAt": "2026-03-01T08:00:00Z", "closedAt": null
              }],
              "total": 1, "page": 0, "size": 50
            }""";

    static final String REASON = """
            {"reason": "Customers can't pay by card."}""";

    static final String GATE = """
            {"decision": "WAIT", "reasons": ["It waits for Confirm scope (engineering)."]}""";

    static final String FLAGGER = """
            {
              "name": "checkout", "namespace": "shop", "phase": "Progressing", "checksum": "85d557f47b",
              "metadata": {"version": "1.5.0"}
            }""";

    static final String FLAGGER_ANSWER = """
            {"decision": "GO", "reasons": ["25 % of traffic for checkout 1.5.0 were ordered."]}""";

    static final String PROPOSAL = """
            {
              "service": "checkout", "timezone": "Europe/Berlin", "rollout": "PT12M", "observation": "PT30M",
              "slots": [{
                "start": "2026-03-02T08:00:00Z", "end": "2026-03-02T08:15:00Z",
                "observedUntil": "2026-03-02T08:45:00Z"
              }],
              "passedOver": [{
                "kind": "FREEZE", "from": "2026-02-28T23:00:00Z", "to": "2026-03-02T08:00:00Z",
                "what": "A freeze is on from Sun 1 Mar 2026 00:00 CET to Mon 2 Mar 2026 09:00 CET: Quarter end (company.ics)."
              }],
              "caveats": []
            }""";

    static final String CALENDAR = """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Slipway//Release calendar//EN
            BEGIN:VEVENT
            UID:rel-42@slipway.example.com
            DTSTAMP:20260301T080000Z
            DTSTART:20260302T080000Z
            DTEND:20260302T110000Z
            SUMMARY:checkout 1.5.0
            URL:https://slipway.example.com/releases/REL-42
            END:VEVENT
            END:VCALENDAR""";

    static final String TIMELINE = """
            [{
              "time": "2026-03-01T08:00:00Z", "actor": "paula", "actorKind": "PERSON",
              "what": "Requested checkout 1.5.0: Faster checkout. In charge: erin.", "evidence": null
            }]""";

    static final String FINDINGS = """
            [
              {
                "collector": "migrations",
                "broken": false,
                "summary": "One migration, and it blocks writes.",
                "time": "2026-11-24T09:58:10Z",
                "staleAt": "2026-11-24T21:58:10Z",
                "findings": [
                  {
                    "kind": "create-index",
                    "severity": "BLOCKING",
                    "file": "db/migration/V7__orders.sql",
                    "line": 3,
                    "what": "Creates an index without CONCURRENTLY.",
                    "why": "Writes to orders wait until it is built.",
                    "question": "Can orders do without writes for so long?",
                    "advice": "CREATE INDEX CONCURRENTLY orders_customer ON orders (customer)",
                    "link": "https://www.postgresql.org/docs/current/sql-createindex.html"
                  }
                ]
              }
            ]""";

    static final String MEASUREMENTS = """
            [{
              "metric": "error-rate", "stage": "step-2", "time": "2026-03-02T08:20:00Z", "value": 0.031,
              "baseline": 0.004, "threshold": "above 0.02", "verdict": "FAIL",
              "rule": "above its absolute ceiling", "words": "error-rate 3.1 % (limit 2 %)"
            }]""";

    static final String NEW_EVIDENCE = """
            {
              "requirement": "PRE-3", "outcome": "PASSED", "summary": "1,204 tests passed, line coverage 83 %",
              "link": "https://ci.example.com/checkout/8711"
            }""";

    static final String EVIDENCE = """
            {
              "id": 7, "requirement": "PRE-3", "outcome": "PASSED",
              "summary": "1,204 tests passed, line coverage 83 %",
              "link": "https://ci.example.com/checkout/8711", "actor": "build-bot", "time": "2026-03-01T08:05:00Z"
            }""";

    static final String JUNIT_REPORT = """
            <testsuite name="checkout" tests="2" failures="0" errors="0" skipped="1">
              <testcase classname="checkout.PriceTest" name="rounds_half_up" time="0.012"/>
              <testcase classname="checkout.PriceTest" name="knows_the_yen"><skipped/></testcase>
            </testsuite>""";

    static final String LCOV_REPORT = """
            SF:src/price.js
            DA:1,12
            DA:2,0
            LH:1
            LF:2
            end_of_record""";

    static final String TEST_REPORT = """
            {
              "name": "unit", "format": "JUNIT", "outcome": "PASSED", "summary": "412 tests, 0 failed, 3 skipped",
              "tests": 412, "failed": 0, "errors": 0, "skipped": 3, "seconds": 81.2, "failing": [],
              "linesCovered": null, "linesTotal": null, "coverage": null,
              "commit": "9f2c1e4d5b6a79880716253443526170a1b2c3d4", "actor": "build-bot",
              "time": "2026-03-01T08:05:00Z"
            }""";

    static final String NEW_SIGNAL = """
            {"kind": "SUPPORT", "severity": "HIGH", "text": "Three customers can't pay by card since 10:20."}""";

    static final String SIGNAL = """
            {"heard": true, "report": 7, "message": "The report is kept, and the release reacts to it."}""";

    static final String NEW_NOTE = """
            {"text": "The order mails arrive a little late, but they do."}""";

    static final String NOTE = """
            {"message": "The note is kept in the release's timeline."}""";

    static final String ALERTS = """
            {
              "version": "4", "status": "firing", "receiver": "slipway", "groupKey": "{}:{service=\\"checkout\\"}",
              "alerts": [{
                "status": "firing", "fingerprint": "c3a1f6d2b0e94587", "startsAt": "2026-03-02T08:21:00Z",
                "endsAt": "0001-01-01T00:00:00Z",
                "labels": {"alertname": "CheckoutErrors", "service": "checkout", "severity": "critical"},
                "annotations": {"summary": "3 % of requests to checkout fail."}
              }]
            }""";

    static final String ALERTS_RECEIVED = """
            {"alerts": 1, "matched": 1, "heard": 1}""";

    static final String NEW_FALSE_ALARM = """
            {"metric": "error-rate", "reason": "A load test sent requests that are meant to fail."}""";

    static final String FALSE_ALARM = """
            {"source": "METRIC", "name": "error-rate", "message": "Marked as a false alarm."}""";

    static final String ALARMS = """
            [{
              "service": "checkout", "source": "METRIC", "name": "error-rate",
              "releases": 4, "falseAlarms": 1, "share": 0.25
            }]""";

    static final String DEPLOYMENT = """
            {"state": "SUCCEEDED", "message": "3 of 3 instances are healthy."}""";

    static final String CHART = """
            <svg xmlns="http://www.w3.org/2000/svg" width="640" height="310" viewBox="0 0 640 310">…</svg>""";

    static final String PROBLEM = """
            {
              "type": "urn:slipway:problem:bad-input", "title": "Bad input", "status": 400,
              "detail": "version is missing. Give the version to be released, such as 1.5.0.",
              "instance": "/api/v1/releases", "field": "version"
            }""";

    private Examples() {}
}
