from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from happenings import morning
from people import make_person

from recoup.records.log import append
from recoup.records.models import Event, Person
from recoup.records.people import erase, person_for

pytestmark = pytest.mark.django_db

NONE: frozenset[uuid.UUID] = frozenset()


def test_ana_sees_herself_in_one_query(ana, ana_herself, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert person_for(ana, NONE, ana_herself.pk) == ana_herself


def test_cleo_and_ben_are_refused_even_with_the_id_in_their_session(ben, cleo, ana_herself):
    for stranger in (ben, cleo, AnonymousUser()):
        for granted in (NONE, frozenset({ana_herself.pk})):
            with pytest.raises(Person.DoesNotExist):
                person_for(stranger, granted, ana_herself.pk)


def test_somebody_without_an_account_is_seen_by_their_own_session_alone(cleo, guest):
    other = make_person()
    assert person_for(AnonymousUser(), frozenset({guest.pk}), guest.pk) == guest
    for stranger in (cleo, AnonymousUser()):
        for granted in (NONE, frozenset({other.pk})):
            with pytest.raises(Person.DoesNotExist):
                person_for(stranger, granted, guest.pk)


def test_an_id_that_is_nobody_is_refused(ana):
    unknown = uuid.uuid4()
    with pytest.raises(Person.DoesNotExist):
        person_for(ana, frozenset({unknown}), unknown)


def test_erasing_a_person_leaves_nothing_of_them(ana, ana_herself, guest):
    append(ana_herself, [morning(seq) for seq in range(5)])
    append(guest, [morning(0)])
    erase(ana_herself)
    assert list(Person.objects.all()) == [guest]
    assert Event.objects.count() == 1
    ana.refresh_from_db()


def test_removing_an_account_removes_its_people(ana, ana_herself):
    append(ana_herself, [morning(0)])
    ana.delete()
    assert not Person.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Argentina/Ushuaia", "UTC"])
def test_a_real_time_zone_is_kept(zone):
    assert make_person(time_zone=zone).time_zone == zone


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "Europe", "", "../../etc/passwd", "+01:00"])
def test_a_time_zone_that_does_not_exist_is_refused(zone):
    with pytest.raises(ValidationError):
        make_person(time_zone=zone)
