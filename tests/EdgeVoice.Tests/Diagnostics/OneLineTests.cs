using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Tests.Diagnostics;

public sealed class OneLineTests
{
    [Theory]
    [InlineData("wss://a: down, request req_8f3 (HTTP 503)", "wss://a: down, request req_99 (HTTP 500)", true)]
    [InlineData("wss://a: refused", "wss://a: reset", false)]
    [InlineData("", "", true)]
    public void KindOf_TextsThatDifferInNumbers_IsTheSame(string one, string other, bool same) =>
        Assert.Equal(same, OneLine.KindOf(one) == OneLine.KindOf(other));
}
