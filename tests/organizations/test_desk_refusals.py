from django.urls import reverse


def test_officers_read_but_do_not_change(signed_in, cast):
    client = signed_in(cast.officer)
    assert client.get(reverse("organizations_desk:index")).status_code == 200
    for name in ("create_unit", "choose"):
        assert client.get(reverse(f"organizations_desk:{name}")).status_code == 403
    assert client.get(reverse("organizations_desk:change_version", args=[cast.bim_son.pk])).status_code == 403
