from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.db import connection
from happenings import morning
from people import make_person

from recoup.records.encryption import EncryptedJSONField, WrongKey
from recoup.records.log import append, read
from recoup.records.models import Event, Person

pytestmark = pytest.mark.django_db

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


def raw(table: str, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}"')
        return [row[0] for row in cursor.fetchall()]


def test_the_database_holds_no_plaintext(guest):
    make_person(name="Ana Jiménez")
    append(guest, [morning(0, pain=7)])
    columns = [*raw("records_person", "name"), *raw("records_event", "data")]
    assert len(columns) == 3
    assert all(column.startswith("gAAAAA") for column in columns)
    assert not any("Ana" in column or "pain" in column for column in columns)


def test_text_and_json_come_back_as_they_were(guest):
    odd = "Zoë \U0001f9d8 \x00 'quoted' \r\n"
    assert Person.objects.get(pk=make_person(name=odd).pk).name == odd
    field = EncryptedJSONField()
    cut = "\ud83e"  # half a character: a browser cuts text so
    value = {"list": [1, 2.5, None, True], "text": odd, "cut": cut, "deep": {"a": {}}}
    assert field.from_db_value(field.get_prep_value(value)) == value


def test_the_same_text_is_never_the_same_column():
    make_person(name="Ana")
    make_person(name="Ana")
    assert len(set(raw("records_person", "name"))) == 2


def test_a_new_key_in_front_still_reads_the_old_and_writes_the_new(settings, guest, vocabulary):
    settings.RECOUP_KEYS = (OLD,)
    append(guest, [morning(0)])
    settings.RECOUP_KEYS = (NEW, OLD)
    append(guest, [morning(1)])
    assert len(read(guest, vocabulary)) == 2
    settings.RECOUP_KEYS = (NEW,)
    assert Event.objects.get(seq=1).data["pain"] == 3
    with pytest.raises(WrongKey):
        read(guest, vocabulary)


def test_a_wrong_key_says_what_to_do(settings):
    settings.RECOUP_KEYS = (OLD,)
    ana = make_person(name="Ana")
    settings.RECOUP_KEYS = (OTHER,)
    with pytest.raises(WrongKey, match="RECOUP_KEYS=new,old"):
        Person.objects.get(pk=ana.pk)


def test_a_column_changed_by_hand_is_refused(guest):
    append(guest, [morning(0)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_event SET data = 'gAAAAAtampered'")
    with pytest.raises(WrongKey):
        Event.objects.get()


def test_searching_what_is_encrypted_is_refused_rather_than_finding_nothing():
    with pytest.raises(FieldError, match="cannot be searched"):
        Person.objects.filter(name="Ana")
    with pytest.raises(FieldError):
        Event.objects.filter(data__pain=3)
