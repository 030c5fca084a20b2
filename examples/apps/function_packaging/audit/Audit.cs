namespace Shop;

public class Audit
{
    public void Write(System.IO.Stream entry)
    {
    }
}
