package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Book window</em> (WIN-1): keeps the new window; one that is past or upside down is refused. */
@Component
class BookWindow implements JavaDelegate {

    private final WindowBooking booking;

    BookWindow(WindowBooking booking) {
        this.booking = booking;
    }

    @Override
    public void execute(DelegateExecution execution) {
        booking.book(
                ReleaseVariables.releaseId(execution),
                execution.getVariable(WindowVariables.WINDOW_START),
                execution.getVariable(WindowVariables.WINDOW_END));
    }
}
