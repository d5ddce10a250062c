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

    static final String RELEASE = """
            {
              "id": "REL-42", "service": "checkout", "version": "1.5.0", "title": "Faster checkout",
              "phase": "PRE_RELEASE", "outcome": null, "risk": "LOW", "owner": "erin", "requestedBy": "paula",
              "openedAt": "2026-03-01T08:00:00Z", "closedAt": null, "servingVersion": "1.4.2",
              "windowStart": "2026-03-02T08:00:00Z", "windowEnd": "2026-03-02T11:00:00Z",
              "changes": [{"kind": "FEATURE", "title": "Pay by invoice", "reference": "SHOP-123"}],
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

    static final String TIMELINE = """
            [{
              "time": "2026-03-01T08:00:00Z", "actor": "paula", "actorKind": "PERSON",
              "what": "Requested checkout 1.5.0: Faster checkout. In charge: erin.", "evidence": null
            }]""";

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

    static final String NEW_SIGNAL = """
            {"kind": "SUPPORT", "severity": "HIGH", "text": "Three customers can't pay by card since 10:20."}""";

    static final String SIGNAL = """
            {"heard": true, "message": "The report is kept, and the release reacts to it."}""";

    static final String DEPLOYMENT = """
            {"state": "SUCCEEDED", "message": "3 of 3 instances are healthy."}""";

    static final String PROBLEM = """
            {
              "type": "urn:slipway:problem:bad-input", "title": "Bad input", "status": 400,
              "detail": "version is missing. Give the version to be released, such as 1.5.0.",
              "instance": "/api/v1/releases", "field": "version"
            }""";

    private Examples() {}
}
