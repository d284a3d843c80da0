"""The invariants hold whatever is reported, in whatever order: a person as a state machine."""

from __future__ import annotations

from care.any_answers import LIBRARY
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from recoup.lab.life import DAY, Life
from recoup.lab.people import ILLNESSES, make_person
from recoup.model.event import (
    Cleared,
    ExerciseDone,
    MorningReport,
    SessionDone,
    Symptom,
    WeeklyReview,
)

pain = st.integers(0, 10)
often = st.sampled_from((1, 1, 1, 1, 2, 4, 8, 15, 30))


class Reports(RuleBasedStateMachine):
    """Somebody reports anything at all; each day the session is looked at as well."""

    @initialize(number=st.integers(0, 500))
    def begin(self, number):
        self.life = Life(make_person(23, number, 400, LIBRARY), LIBRARY, keeps_log=True)
        self.life.watch.weeks = self.life.person.weeks_pregnant
        self.life._begin()
        self.session = self.life.offer()

    @rule(days=often)
    def days_pass(self, days):
        life = self.life
        life.days += days
        life.today += days * DAY
        life._asked = None
        if life.person.weeks_pregnant is not None:
            life.watch.weeks = min(43, life.person.weeks_pregnant + life.days // 7)
        self.session = life.offer()

    @rule(told=pain, settled=st.none() | st.booleans(), flare=st.none() | st.booleans())
    def morning(self, told, settled, flare):
        self.life.tell(MorningReport(self.life.today, told, 10, settled, flare))

    @rule(during=pain, after=pain, effort=pain, moved=st.sampled_from((None, "further", "back")))
    def session_done(self, during, after, effort, moved):
        if self.session.slots:
            hurt = self.session.slots[0].exercise
            self.life.tell(SessionDone(
                self.life.today, during, after, effort, hurt, moved=moved
            ))

    @rule(data=st.data(), result=st.sampled_from(("done", "partly", "skipped", "easier", "harder")))
    def exercise_done(self, data, result):
        if self.session.slots:
            one = data.draw(st.sampled_from(self.session.slots))
            self.life.tell(ExerciseDone(self.life.today, one.slot, one.exercise, result))

    @rule(minutes=st.none() | st.integers(5, 40), now=st.none() | pain,
          slept=st.none() | st.booleans(),
          place=st.sampled_from((None, "work", "standing", "home")),
          why=st.sampled_from((None, "pain", "worse", "time")))
    def before_session(self, minutes, now, slept, place, why):
        life = self.life
        life._asked = Symptom(
            life.today, pain_now=now, slept_well=slept, minutes=minutes, place=place,
            missed_because=why,
        )
        life.tell(life._asked)
        self.session = life.offer()

    @rule(average=pain, change=st.integers(-5, 5), advance=st.sampled_from((None, "yes", "no")))
    def review(self, average, change, advance):
        life = self.life
        life.tell(WeeklyReview(life.today, average, change, gate=life._gate(), advance=advance))

    @rule(signs=st.sampled_from(ILLNESSES))
    def danger(self, signs):
        life = self.life
        life.watch.danger_day = life.today
        life._asked = Symptom(life.today, signs)
        life.tell(life._asked)
        self.session = life.offer()

    @precondition(lambda self: self.life.watch.danger_day is not None)
    @rule()
    def a_clinician_has_looked(self):
        self.life.watch.danger_day = None
        self.life._answer_again()
        self.life.tell(Cleared("Dr Lab", self.life.today))
        self.session = self.life.offer()

    @rule()
    def answers_again(self):
        if self.life.watch.danger_day is None:
            self.life._answer_again()

    @invariant()
    def nothing_is_broken(self):
        assert self.life.broken == [], self.life.broken[-1]


TestReports = Reports.TestCase
TestReports.settings = settings(
    max_examples=30, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
